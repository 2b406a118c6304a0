import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { createGraphiQLFetcher, createLocalStorage } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { type ExampleOperation, examples } from './examples.js';

/** Namespace of the tabs in local storage. */
const STORAGE_NAMESPACE = 'dossier-explorer';
const PLUGINS = [HISTORY_PLUGIN, explorerPlugin({ showAttribution: false })];

/** Activates the tab of an operation, or opens a new one if that was closed or edited. */
function OperationTab({ text }: ExampleOperation) {
  const tabs = useGraphiQL((state) => state.tabs);
  const editor = useGraphiQL((state) => state.queryEditor);
  const { addTab, changeTab } = useGraphiQLActions();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another operation activates another tab
  useEffect(() => {
    if (!editor) return;
    const at = tabs.findIndex(({ query }) => query === text);
    if (at >= 0) changeTab(at);
    else {
      addTab();
      editor.setValue(text);
    }
  }, [text, editor]);
  return <span>GraphiQL</span>;
}

/** Renders GraphiQL with a tab per operation, the explorer and the documentation, all served by this gateway. */
export function showLocal(
  here: HTMLElement,
  endpoint: string,
  first: ExampleOperation,
): { show: (example: ExampleOperation) => void; close: () => void } {
  const root = createRoot(here);
  const fetcher = createGraphiQLFetcher({ url: endpoint });
  const storage = createLocalStorage({ namespace: STORAGE_NAMESPACE });
  const tabs = examples.map(({ text }) => ({ query: text }));
  const show = (example: ExampleOperation) =>
    root.render(
      <GraphiQL
        fetcher={fetcher}
        storage={storage}
        plugins={PLUGINS}
        defaultTabs={tabs}
        defaultEditorToolsVisibility={false}
      >
        <GraphiQL.Logo>
          <OperationTab {...example} />
        </GraphiQL.Logo>
      </GraphiQL>,
    );
  show(first);
  return { show, close: () => root.unmount() };
}
