import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Writes to the terminal, and keeps all that was written. */
export class Screen {
  printed = "";

  readonly write = (text: string): void => {
    this.printed += text;
    process.stdout.write(text);
  };

  say(text: string, style?: Style): void {
    this.write(`${style ? styleText(style, text, { stream: process.stdout }) : text}\n`);
  }

  headline(title: string, text: string): void {
    this.say(`\n━━ ${title} ${"━".repeat(Math.max(3, 74 - title.length))}`, ["bold", "cyan"]);
    this.say(`${text}\n`);
  }
}
