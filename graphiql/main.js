import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './page.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const queries = import.meta.glob('./operations/*.graphql', { eager: true, query: '?raw', import: 'default' });
const variables = import.meta.glob('./operations/*.json', { eager: true, query: '?raw', import: 'default' });

// The reader puts a key in here once; it stays in the memory of the page, and is stored nowhere.
const headers = JSON.stringify({ Authorization: 'Bearer <API key or access token>' }, null, 2);

const tabs = Object.entries(queries)
  .toSorted(([a], [b]) => a.localeCompare(b))
  .map(([path, query]) => ({
    query,
    variables: variables[path.replace('.graphql', '.json')] ?? '',
    headers,
  }));

const root = document.getElementById('graphiql');
createRoot(root).render(
  createElement(GraphiQL, {
    // Beside this page, wherever that is mounted.
    fetcher: createGraphiQLFetcher({ url: new URL('graphql', document.URL).href }),
    defaultTabs: tabs,
    defaultHeaders: headers,
    defaultEditorToolsVisibility: 'headers',
    shouldPersistHeaders: false,
    showPersistHeadersSettings: false,
    inputValueDeprecation: true,
    schemaDescription: true,
  }),
);
