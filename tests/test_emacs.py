"""A real Emacs with Eglot, in batch mode, attached to the language server."""

from __future__ import annotations

import json
from pathlib import Path

from attached import LACKING, SERVER, session

# Eglot is part of Emacs 29 and newer, and a package of older ones.
SCRIPT = """
(package-initialize)
(unless (require 'eglot nil t) (kill-emacs {lacking}))
(setq eglot-sync-connect t eglot-connect-timeout {patience} eglot-send-changes-idle-time 0.05)
(add-to-list 'eglot-server-programs '(text-mode . ({command})))
(setq-default eglot-workspace-configuration '(:copydesk (:engine "none" :delay 50)))
(defun wait (what condition)
  (let ((end (+ (float-time) {patience})))
    (while (not (funcall condition))
      (when (> (float-time) end) (message "in vain: %s" what) (kill-emacs 3))
      (accept-process-output nil 0.05))
    t))
(defun shown ()
  (sort (mapcar (lambda (one) (list (flymake-diagnostic-beg one) (flymake-diagnostic-end one)
                                    (flymake-diagnostic-text one)))
                (flymake-diagnostics))
        (lambda (a b) (< (car a) (car b)))))
(defun idle ()
  "What happens when nobody types, which batch mode does not know."
  (eglot--signal-textDocument/didChange)
  (flymake-start))
(defun choose (title place)
  "Answers the menu of actions as a person would, by its TITLE."
  (cl-letf (((symbol-function 'completing-read)
             (lambda (_ items &rest _) (or (car (assoc title items)) (error "No action %s among %S" title items))))
            (last-nonmenu-event ?x))
    (eglot-code-actions place place nil t)))
(find-file "a.txt")
(set-buffer-file-coding-system 'utf-8-unix)
(text-mode)
(call-interactively #'eglot)
(wait "diagnostics" (lambda () (= (length (shown)) 2)))
(let ((found (shown)))
  (with-temp-file "shown.json"
    (insert (json-encode (vconcat (mapcar #'vconcat found))))))
(choose "Change to “as part of”" 30)
(wait "the fix" (lambda () (save-excursion (goto-char 1) (search-forward "as part of" nil t))))
(idle)
(wait "fewer diagnostics" (lambda () (= (length (shown)) 1)))
(choose "Fix all that is safe (1)" 1)
(wait "the other fix" (lambda () (save-excursion (goto-char 1) (search-forward "lost" nil t))))
(idle)
(wait "no diagnostics" (lambda () (null (shown))))
(save-buffer)
(eglot-shutdown (eglot-current-server))
"""


def test_diagnostics_arrive_and_a_code_action_changes_the_buffer(tmp_path: Path) -> None:
    script = SCRIPT.replace("{command}", " ".join(map(json.dumps, SERVER))).replace("{lacking}", str(LACKING))
    shown = session("emacs", ["--batch", "--load", "session.el"], ("session.el", script), tmp_path, "a.txt")
    assert [(start, end) for start, end, _ in shown] == [(23, 39), (66, 67)]  # positions in the buffer, from 1
    told = ["“in the frames of” is word for word from a Slavic language", "Invisible: zero width space."]
    assert all(words in message for (*_, message), words in zip(shown, told, strict=True))
