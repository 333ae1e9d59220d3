/** Characters that would move a terminal's cursor instead of being shown. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
export const CONTROL_CHARACTER: RegExp = /[\u0000-\u001f\u007f-\u009f]/
