/** The path of the binary for this machine. */
declare module 'relay-compiler' {
  const program: string;
  export default program;
}
