/** The path of the program for this machine. */
declare module 'relay-compiler' {
  const program: string;
  export default program;
}
