import { ClerkProvider, OrganizationList, SignIn, useAuth } from '@clerk/react';
import { type ReactNode, useEffect } from 'react';
import { ownerOf, signInWith } from './session';

/** Signs in by Clerk, and has people choose an organization, which is their workspace. */
export default function ClerkSignIn({ publishableKey }: { publishableKey: string }): ReactNode {
  return (
    <ClerkProvider publishableKey={publishableKey} afterSignOutUrl="/">
      <Steps />
    </ClerkProvider>
  );
}

function Steps(): ReactNode {
  const { isLoaded, isSignedIn, orgId, getToken, signOut } = useAuth();

  useEffect(() => {
    if (!isLoaded || !isSignedIn || !orgId) return;
    // Clerk's tokens live for a minute; its library gives a fresh one for each call.
    const token = async () => (await getToken()) ?? '';
    void token().then((first) => signInWith({ token, ...ownerOf(first), end: () => void signOut() }));
  }, [isLoaded, isSignedIn, orgId, getToken, signOut]);

  if (!isLoaded) return null;
  if (!isSignedIn) return <SignIn routing="hash" />;
  return orgId ? null : <OrganizationList hidePersonal />;
}
