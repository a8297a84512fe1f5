import './app/theme';
import './styles/tokens.css';
import './styles/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './app/api';
import { resumeLocalSession, shareLocalSession, useSessionState } from './app/session';
import { installation } from './app/settings';
import { SignIn, takeCode } from './app/sign-in';
import { router } from './routes';

const code = takeCode();

function App(): ReactNode {
  const state = useSessionState();
  if (state.kind === 'signed-in') return <RouterProvider router={router} />;
  if (state.kind === 'starting' && !code && !installation.clerkKey) return null;
  return <SignIn code={code} why={state.kind === 'signed-out' ? state.why : null} />;
}

shareLocalSession();
if (!code) void resumeLocalSession();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
