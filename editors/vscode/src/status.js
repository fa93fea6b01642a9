"use strict";

const vscode = require("vscode");
const { State } = require("vscode-languageclient/node");

const SOURCE = "copydesk"; // what the server's diagnostics name as their source

// The item in the status bar: how many findings the text in front has, or how the server is.
class StatusItem {
  constructor() {
    this.state = State.Starting;
    this.item = vscode.window.createStatusBarItem("copydesk", vscode.StatusBarAlignment.Right, 100);
    this.item.name = "copydesk";
    this.subscriptions = [
      this.item,
      vscode.languages.onDidChangeDiagnostics(() => this.show()),
      vscode.window.onDidChangeActiveTextEditor(() => this.show()),
    ];
    this.show();
  }

  showState(state) {
    this.state = state;
    this.show();
  }

  show() {
    Object.assign(this.item, appearance(this.state, findingsInFront()));
    this.item.show();
  }

  dispose() {
    this.subscriptions.forEach((each) => each.dispose());
  }
}

function findingsInFront() {
  const document = vscode.window.activeTextEditor?.document;
  return document ? vscode.languages.getDiagnostics(document.uri).filter((each) => each.source === SOURCE).length : 0;
}

function appearance(state, findings) {
  switch (state) {
    case State.Running:
      return {
        text: `$(checklist) ${findings}`,
        tooltip: `copydesk: ${findings === 1 ? "1 finding" : `${findings} findings`} in this text`,
        command: "workbench.actions.view.problems",
      };
    case State.Starting:
      return { text: "$(loading~spin) copydesk", tooltip: "copydesk is starting", command: "copydesk.showOutput" };
    default:
      return { text: "$(debug-stop) copydesk", tooltip: "copydesk is stopped: restart", command: "copydesk.restart" };
  }
}

module.exports = { StatusItem };
