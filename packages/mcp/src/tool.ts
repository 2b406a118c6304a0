import type { TypedDocumentNode } from '@dossier/client';
import type { z } from 'zod';
import type { Presenter } from './present.js';

/** Runs an operation of the graph for a tool. Throws a GraphError if the graph returns no data. */
type RunOperation = <Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Required<Variables>,
) => Promise<Data>;

export interface ToolContext extends Presenter {
  run: RunOperation;
}

/** A tool of the server: one question, answered by an operation of the graph. */
export interface Tool<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> {
  name: string;
  title: string;
  description: string;
  input: Input;
  output: Output;
  /** Arguments of a call whose result is tested and shown in the documentation. */
  example: z.input<Input>;
  call: (args: z.output<Input>, context: ToolContext) => Promise<z.input<Output>>;
}

/** Defines a tool, so that its types are checked against each other. */
export const defineTool = <Input extends z.ZodObject, Output extends z.ZodObject>(tool: Tool<Input, Output>): Tool =>
  tool as unknown as Tool;
