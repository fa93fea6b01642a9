"use strict";

const vscode = require("vscode");
const { DocumentDiagnosticRequest } = require("vscode-languageclient/node");

const ACCEPT_WORD = "copydesk.acceptWord"; // the server's command, which its actions carry
const FIX_ALL = "source.fixAll.copydesk";

// The palette's commands on the text in front, by name. `current` gives the client, which a restart replaces.
function commands(current) {
  return {
    "copydesk.check": () => onText((editor) => checkAgain(current(), editor)),
    "copydesk.fixAllSafe": () => onText(fixAllSafe),
    "copydesk.acceptWordHere": () => onText(acceptWordHere),
  };
}

async function onText(run) {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    return tell("there is no text in front.");
  }
  await run(editor);
}

// Asks for the diagnostics of all open texts: the server knows which of them have to be checked, and the decisions
// of the workspace may have changed on disk.
async function checkAgain(client, editor) {
  const provider = client?.getFeature(DocumentDiagnosticRequest.method).getProvider(editor.document);
  if (!provider) {
    return tell("this text is not checked, or the language server is not running.");
  }
  provider.onDidChangeDiagnosticsEmitter.fire();
}

async function fixAllSafe(editor) {
  const everything = new vscode.Range(0, 0, editor.document.lineCount, 0);
  const actions = await actionsAt(editor, everything, vscode.CodeActionKind.SourceFixAll);
  const action = actions.find((each) => each.kind?.value === FIX_ALL && each.edit);
  if (!action) {
    return tell("there is nothing here that may be fixed unseen.");
  }
  await vscode.workspace.applyEdit(action.edit);
}

async function acceptWordHere(editor) {
  const actions = await actionsAt(editor, editor.selection, vscode.CodeActionKind.QuickFix);
  const accept = actions.find((each) => each.command?.command === ACCEPT_WORD)?.command;
  if (!accept) {
    return tell("no word is marked at the cursor.");
  }
  await vscode.commands.executeCommand(accept.command, ...accept.arguments);
}

function actionsAt(editor, range, kind) {
  return vscode.commands.executeCommand("vscode.executeCodeActionProvider", editor.document.uri, range, kind.value);
}

// Not awaited: a message stays until somebody closes it, and the command is done before.
function tell(message) {
  vscode.window.showInformationMessage(`copydesk: ${message}`);
}

module.exports = { commands };
