"use strict";

const vscode = require("vscode");
const { CloseAction, LanguageClient, RevealOutputChannelOn, TransportKind } = require("vscode-languageclient/node");

// A client of `copydesk lsp` over standard input and output; not started. The server is sent the settings under
// `copydesk` at the start, and asks for them again when they change.
function createClient(output) {
  const settings = vscode.workspace.getConfiguration("copydesk");
  const server = { command: settings.get("command"), args: ["lsp"], transport: TransportKind.stdio };
  const client = new Client("copydesk", "copydesk", server, {
    documentSelector: settings.get("documents").flatMap(selectors),
    initializationOptions: settings,
    outputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationFailedHandler: () => false,
    errorHandler: {
      error: (...told) => usual.error(...told),
      closed: () => (client.initializeResult ? usual.closed() : NEVER_CAME_UP),
    },
  });
  const usual = client.createDefaultErrorHandler();
  return client;
}

// A server that ran and died is started again, five times in three minutes at most. One that never came up is not:
// its installation is at fault.
const NEVER_CAME_UP = { action: CloseAction.DoNotRestart, handled: true };

class Client extends LanguageClient {
  // Failures at the start are logged here, and shown once by who starts it: with the command and where to set it.
  error(message, data, showNotification) {
    super.error(message, data, this.initializeResult ? showNotification : false);
  }
}

// Only what a person writes: not the two sides of a diff, nor the output panel, which is plain text too.
function selectors(language) {
  return ["file", "untitled"].map((scheme) => ({ scheme, language }));
}

module.exports = { createClient };
