import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './page.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { Fragment, createElement, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';

const queries = import.meta.glob('./operations/*.graphql', { eager: true, query: '?raw', import: 'default' });
const variables = import.meta.glob('./operations/*.json', { eager: true, query: '?raw', import: 'default' });

const tabs = Object.entries(queries)
  .toSorted(([a], [b]) => a.localeCompare(b))
  .map(([path, query]) => ({ query, variables: variables[path.replace('.graphql', '.json')] ?? '' }));

// Beside this page, wherever that is mounted.
const url = new URL('graphql', document.URL).href;

/** The key stays in the memory of the page: nothing stores it. */
function Page() {
  const [key, setKey] = useState('');
  // A new fetcher has the schema read anew; without a key nobody may read it.
  const fetcher = useMemo(() => {
    return createGraphiQLFetcher({ url, headers: key === '' ? {} : { Authorization: `Bearer ${key}` } });
  }, [key]);
  const explorer = createElement(GraphiQL, {
    fetcher,
    schema: key === '' ? null : undefined,
    defaultTabs: tabs,
    defaultEditorToolsVisibility: 'variables',
    shouldPersistHeaders: false,
    showPersistHeadersSettings: false,
    inputValueDeprecation: true,
    schemaDescription: true,
  });
  return createElement(Fragment, null, createElement(KeyField, { onKey: setKey }), explorer);
}

function KeyField({ onKey }) {
  const take = ({ currentTarget }) => onKey(currentTarget.value.trim().replace(/^Bearer +/i, ''));
  return createElement(
    'label',
    { className: 'key' },
    'API key or access token ',
    createElement('input', {
      placeholder: 'txl_…',
      autoComplete: 'off',
      spellCheck: false,
      autoFocus: true,
      onBlur: take,
      onKeyDown: (event) => event.key === 'Enter' && take(event),
    }),
  );
}

createRoot(document.getElementById('graphiql')).render(createElement(Page));
