import { createDOMRenderer, FluentProvider, RendererProvider, useModalAttributes } from '@fluentui/react-components';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { noticeNewVersion } from './api/build.ts';
import { queryClient } from './api/query.ts';
import { router } from './routes.tsx';
import { initTexts, useText } from './text.ts';
import './ui/base.css';
import { useTheme } from './ui/useTheme.ts';

// The code of a page is gone: a newer version has taken its place.
window.addEventListener('vite:preloadError', noticeNewVersion);

// The content security policy lets in only styles that carry the page's nonce.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';
const renderer = createDOMRenderer(document, { styleElementAttributes: { nonce } });

/**
 * Keeps what hides the page behind a dialog from screen readers for good. Otherwise it goes with the last page that uses it, and a dialog that
 * was open then, e.g. because the session ended, leaves everything hidden.
 */
function Modality() {
  useModalAttributes();
  return null;
}

function Portal() {
  const { theme } = useTheme();
  const { language } = useText();
  return (
    <FluentProvider theme={theme} lang={language}>
      <Modality />
      <RouterProvider router={router} />
    </FluentProvider>
  );
}

await initTexts();

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
createRoot(root).render(
  <StrictMode>
    <RendererProvider renderer={renderer}>
      <QueryClientProvider client={queryClient}>
        <Portal />
      </QueryClientProvider>
    </RendererProvider>
  </StrictMode>,
);
