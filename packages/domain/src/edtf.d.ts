declare module 'edtf' {
  /** Parses an EDTF date of level 0 to 2; throws where the text is none. */
  export default function edtf(text: string): unknown;
}
