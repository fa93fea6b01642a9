// The language server does the work; this starts it and shows how it is.

"use strict";

const vscode = require("vscode");
const { createClient } = require("./client");
const { commands } = require("./commands");
const { StatusItem } = require("./status");

let client; // one for each window, for as long as the extension is active

async function activate(context) {
  const output = vscode.window.createOutputChannel("copydesk", { log: true });
  const status = new StatusItem();
  context.subscriptions.push(output, status);

  async function start() {
    client = createClient(output);
    client.onDidChangeState(({ newState }) => status.showState(newState));
    try {
      await client.start();
    } catch {
      // The client has logged why. Not awaited: it lasts until somebody closes the message.
      tellThatItDoesNotStart(output);
    }
  }

  // One after the other: a client that is starting cannot be stopped.
  let turn = start();
  function restart() {
    turn = turn.then(stop).then(start);
    return turn;
  }

  for (const [name, run] of Object.entries(commands(() => client))) {
    context.subscriptions.push(vscode.commands.registerCommand(name, run));
  }
  context.subscriptions.push(
    vscode.commands.registerCommand("copydesk.restart", restart),
    vscode.commands.registerCommand("copydesk.showOutput", () => output.show()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      // Everything else is sent to the running server.
      if (["copydesk.command", "copydesk.documents"].some((name) => event.affectsConfiguration(name))) {
        return restart();
      }
    }),
  );
  await turn;
}

async function tellThatItDoesNotStart(output) {
  const command = vscode.workspace.getConfiguration("copydesk").get("command");
  const settings = "Open Settings";
  const shown = "Show Output";
  const chosen = await vscode.window.showErrorMessage(
    `copydesk: “${command} lsp” did not start. Install copydesk with its extra “lsp”, or set where it is.`,
    settings,
    shown,
  );
  if (chosen === settings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "copydesk.command");
  } else if (chosen === shown) {
    output.show();
  }
}

// A server that never came up, or died, cannot be asked to stop; that is no reason not to start the next one.
async function stop() {
  const stopped = client;
  client = undefined;
  await stopped?.dispose().catch(() => {});
}

module.exports = { activate, deactivate: stop };
