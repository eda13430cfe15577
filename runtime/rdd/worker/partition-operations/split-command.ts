/**
 * The words of a command, as Python's `shlex.split` and a shell's quotes make them; nothing is expanded.
 * @throws TypeError for a quote that isn't closed, and for no words
 */
export function splitCommand(command: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let i = 0; i < command.length; i++) {
    const char = command[i];
    if (char === "'" || char === '"') {
      const [text, end] = quoted(command, i);
      word = (word ?? "") + text;
      i = end;
    } else if (char === "\\") {
      if (++i === command.length) throw unusable(command, "ends in a backslash");
      word = (word ?? "") + command[i];
    } else if (" \t\r\n".includes(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + char;
  }
  if (word !== undefined) words.push(word);
  if (words.length === 0) throw unusable(command, "has no words");
  return words;
}

/** What is between the quote at `start` and its like, and where that is. In double quotes a backslash hides two characters. */
function quoted(command: string, start: number): [text: string, end: number] {
  const quote = command[start];
  let text = "";
  for (let i = start + 1; i < command.length; i++) {
    if (command[i] === quote) return [text, i];
    if (quote === '"' && command[i] === "\\" && (command[i + 1] === '"' || command[i + 1] === "\\")) i++;
    text += command[i];
  }
  throw unusable(command, `has a ${quote} without its like`);
}

function unusable(command: string, what: string): TypeError {
  return new TypeError(
    `pipe's command ${JSON.stringify(command)} ${what}.\nGive a program and its arguments: rdd.pipe("sort -u")`,
  );
}
