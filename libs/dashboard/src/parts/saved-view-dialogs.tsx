import { type ReactNode, useState } from 'react';
import { ask, fieldErrors, queryClient, type Schemas, tuco } from '../app/api';
import { useSession } from '../app/session';
import { Dialog } from './dialog';
import { CheckField, TextField } from './field';
import { toast } from './toasts';

export type SavedView = Schemas['View'];

interface Props {
  /** `null` for one that is new. */
  view: SavedView | null;
  close: () => void;
  save: (name: string, shared: boolean) => Promise<unknown>;
}

/** How a view is called, and whose it is. */
export function ViewDialog({ view, close, save }: Props): ReactNode {
  const { canWrite } = useSession();
  const [name, setName] = useState(view?.name ?? '');
  const [isShared, setShared] = useState(view?.shared ?? false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const submit = async () => {
    try {
      await save(name.trim(), isShared);
    } catch (error) {
      setErrors(fieldErrors(error));
      throw error;
    }
    toast(view ? `${name.trim()} is changed.` : `${name.trim()} is saved.`);
    await queryClient.invalidateQueries({ queryKey: ['views'] });
  };
  return (
    <Dialog
      title={view ? `Change “${view.name}”` : 'Save this view'}
      submit={view ? 'Save' : 'Save the view'}
      disabled={name.trim() === ''}
      close={close}
      onSubmit={submit}
    >
      {!view && <p>It keeps the filters, the search and the columns that are set now.</p>}
      <TextField label="Name" value={name} onText={setName} maxLength={100} autoFocus error={errors.name} />
      {canWrite && (
        <CheckField
          label="Share it with everybody in the workspace"
          checked={isShared}
          disabled={view !== null && view.shared && !view.mine}
          onCheck={setShared}
        />
      )}
    </Dialog>
  );
}

export function DeleteView({ view, close, done }: { view: SavedView; close: () => void; done: () => void }): ReactNode {
  const remove = async () => {
    await ask(tuco.DELETE('/api/views/{id}', { params: { path: { id: view._id } } }));
    toast(`${view.name} is deleted.`);
    done();
    await queryClient.invalidateQueries({ queryKey: ['views'] });
  };
  return (
    <Dialog title={`Delete “${view.name}”?`} submit="Delete the view" danger close={close} onSubmit={remove}>
      <p>
        {view.shared
          ? 'It goes from the menu of everybody in the workspace. What it showed stays as it is.'
          : 'It goes from your menu. What it showed stays as it is.'}
      </p>
    </Dialog>
  );
}
