"""A real Neovim, headless, attached to the language server: what an editor makes of what it is told."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason="the extra “lsp” is not installed")

PATIENCE = 120  # seconds
TEXT = "The 😀 talks were held in the frames of a project.\nThe chairman lo\u200bst his way.\n"
# Works with every Neovim from 0.5 on; editors.md has the short form for 0.11.
SCRIPT = """
local function wait(what, condition)
  if not vim.wait({patience} * 1000, condition, 20) then
    io.stderr:write('in vain: ' .. what .. '\\n')
    vim.cmd('cquit 3')
  end
end
local client = vim.lsp.start_client({
  name = 'copydesk',
  cmd = {command},
  root_dir = vim.fn.getcwd(),
  init_options = {engine = 'none', delay = 50},
})
local buffer = vim.api.nvim_get_current_buf()
vim.lsp.buf_attach_client(buffer, client)
wait('diagnostics', function() return #vim.diagnostic.get(buffer) == 2 end)
local shown = {}
for _, one in ipairs(vim.diagnostic.get(buffer)) do
  table.insert(shown, {one.lnum, one.col, one.end_lnum, one.end_col, one.code or one.user_data.lsp.code, one.message})
end
-- Answers the menu of actions as a person would, by its title.
local wanted = {'Change to “as part of”', 'Fix all that is safe (1)'}
vim.ui.select = function(items, options, choose)
  for index, item in ipairs(items) do
    if options.format_item(item) == wanted[1] then
      table.remove(wanted, 1)
      return choose(item, index)
    end
  end
end
vim.api.nvim_win_set_cursor(0, {1, 30})
vim.lsp.buf.code_action()
wait('the fix', function() return vim.api.nvim_buf_get_lines(buffer, 0, 1, true)[1]:find('as part of') ~= nil end)
wait('fewer diagnostics', function() return #vim.diagnostic.get(buffer) == 1 end)
vim.api.nvim_win_set_cursor(0, {1, 0})
vim.lsp.buf.code_action()
wait('no diagnostics', function() return #vim.diagnostic.get(buffer) == 0 end)
vim.cmd('write')
vim.fn.writefile({vim.fn.json_encode(shown)}, 'shown.json')
vim.cmd('qall!')
"""


def lua(value: str) -> str:
    return f"[==[{value}]==]"


def test_diagnostics_arrive_and_a_code_action_changes_the_buffer(tmp_path: Path) -> None:
    nvim = shutil.which("nvim")
    if nvim is None:
        pytest.skip("Neovim is not installed")
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    command = [sys.executable, "-c", "from copydesk.cli import main; main()", "lsp"]
    script = SCRIPT.replace("{patience}", str(PATIENCE // 2))
    script = script.replace("{command}", "{" + ", ".join(map(lua, command)) + "}")
    (tmp_path / "session.lua").write_text(script, encoding="utf-8")
    done = subprocess.run(
        [nvim, "--headless", "--clean", "a.md", "-c", "luafile session.lua"],
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    shown = json.loads((tmp_path / "shown.json").read_text(encoding="utf-8"))
    assert shown == [  # columns in bytes, as Neovim counts them
        [
            0,
            25,
            0,
            41,
            "en/calque/in-frames-of",
            "“in the frames of” is word for word from a Slavic language; English says “as part of”.",
        ],
        [1, 15, 1, 18, "any/encoding/zero-width-space", "Invisible: zero width space."],
    ]
    fixed = "The 😀 talks were held as part of a project.\nThe chairman lost his way.\n"
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == fixed
