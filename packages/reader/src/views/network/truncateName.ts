/** Maximum length of a name in the diagram. The list has the full name. */
const MAX_NAME_LENGTH = 46;

/** A name as the diagram shows it. */
export const truncateName = (name: string): string =>
  name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH - 1)}…` : name;
