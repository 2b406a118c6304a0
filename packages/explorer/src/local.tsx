import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { createGraphiQLFetcher, createLocalStorage } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { examples, type Selection } from './examples.js';

/** Namespace of the tabs in local storage. */
const STORAGE_NAMESPACE = 'dossier-explorer';
const PLUGINS = [HISTORY_PLUGIN, explorerPlugin({ showAttribution: false })];

const exampleTexts = new Set(examples.map(({ text }) => text));

/**
 * Shows an operation: in the tab that has it, or in place of the open one, unless that was written or edited by the user. Then it gets a tab
 * of its own.
 */
function OperationTab({ text, variables }: Selection) {
  const tabs = useGraphiQL((state) => state.tabs);
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const { addTab, changeTab } = useGraphiQLActions();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another operation activates another tab
  useEffect(() => {
    if (!queryEditor || !variableEditor) return;
    const at = tabs.findIndex((tab) => tab.query === text && (variables === '' || tab.variables === variables));
    if (at >= 0) {
      changeTab(at);
      return;
    }
    const open = queryEditor.getValue();
    if (open !== '' && !exampleTexts.has(open)) addTab();
    queryEditor.setValue(text);
    variableEditor.setValue(variables);
  }, [text, variables, queryEditor, variableEditor]);
  return <span>GraphiQL</span>;
}

/** Renders GraphiQL with a tab for each operation that was chosen, the explorer and the documentation, all served by this gateway. */
export function showLocal(
  here: HTMLElement,
  endpoint: string,
  first: Selection,
): { show: (selection: Selection) => void; close: () => void } {
  const root = createRoot(here);
  const fetcher = createGraphiQLFetcher({ url: endpoint });
  const storage = createLocalStorage({ namespace: STORAGE_NAMESPACE });
  const tabs = [{ query: first.text, ...(first.variables && { variables: first.variables }) }];
  const show = (selection: Selection) =>
    root.render(
      <GraphiQL
        fetcher={fetcher}
        storage={storage}
        plugins={PLUGINS}
        defaultTabs={tabs}
        defaultEditorToolsVisibility={false}
      >
        <GraphiQL.Logo>
          <OperationTab {...selection} />
        </GraphiQL.Logo>
      </GraphiQL>,
    );
  show(first);
  return { show, close: () => root.unmount() };
}
