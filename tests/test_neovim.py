"""A real Neovim, headless, attached to the language server: what an editor makes of what it is told."""

from __future__ import annotations

from pathlib import Path

from attached import SERVER, session

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
    script = SCRIPT.replace("{command}", "{" + ", ".join(map(lua, SERVER)) + "}")
    arguments = ["--headless", "--clean", "a.md", "-c", "luafile session.lua"]
    shown = session("nvim", arguments, ("session.lua", script), tmp_path, "a.md")
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
