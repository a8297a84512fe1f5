import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ask, queryClient, type Schemas, tuco } from '../app/api';
import { useSession } from '../app/session';
import { Menu, MenuItem, MenuPart } from './menu';
import { DeleteView, type SavedView, ViewDialog } from './saved-view-dialogs';
import { toast, toastError } from './toasts';

/** What stands in the URL of a table: its filters, and where they can be chosen, its columns. */
export interface ViewState {
  filters: Record<string, string>;
  columns: string[] | null;
}

interface Props {
  table: Schemas['View']['table'];
  /** Of the view without filters, such as `All leads`. */
  all: string;
  now: ViewState;
  /** The id of the view in the URL that was opened. */
  opened: string | undefined;
  open: (state: ViewState, id: string | undefined) => void;
  opens?: 'below' | 'below-right';
}

const NO_STATE: ViewState = { filters: {}, columns: null };

const textOf = ({ filters, columns }: ViewState): string =>
  JSON.stringify([Object.entries(filters).sort(([one], [other]) => (one < other ? -1 : 1)), columns]);

/** Views that were saved under a name. Opening one puts it into the URL, whose state is what is saved. */
export function SavedViews({ table, all, now, opened, open, opens }: Props): ReactNode {
  const { canWrite } = useSession();
  const [dialog, setDialog] = useState<'new' | 'edit' | 'delete' | null>(null);
  const views = useQuery({
    queryKey: ['views', table],
    queryFn: () => ask(tuco.GET('/api/views', { params: { query: { table } } })),
  });
  const rows = views.data?.views ?? [];
  const current = rows.find(({ _id }) => _id === opened);
  const isChanged = current !== undefined && textOf(current) !== textOf(now);
  const mayChange = current !== undefined && (current.shared ? canWrite : current.mine);
  const save = async (view: SavedView) => {
    try {
      await ask(tuco.PATCH('/api/views/{id}', { params: { path: { id: view._id } }, body: now }));
      toast(`${view.name} shows this now.`);
      await queryClient.invalidateQueries({ queryKey: ['views'] });
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <>
      <Menu opens={opens} label={current ? `${current.name}${isChanged ? ' · changed' : ''}` : 'Views'}>
        {(close) => {
          const pick = (act: () => void) => () => (close(), act());
          const ofRow = (view: SavedView) => (
            <MenuItem key={view._id} current={view._id === opened} onPick={pick(() => open(view, view._id))}>
              {view.name}
            </MenuItem>
          );
          const [own, shared] = [rows.filter((view) => !view.shared), rows.filter((view) => view.shared)];
          return (
            <>
              <MenuPart>
                <MenuItem current={textOf(now) === textOf(NO_STATE)} onPick={pick(() => open(NO_STATE, undefined))}>
                  {all}
                </MenuItem>
              </MenuPart>
              {own.length > 0 && <MenuPart title="Yours">{own.map(ofRow)}</MenuPart>}
              {shared.length > 0 && <MenuPart title="Shared">{shared.map(ofRow)}</MenuPart>}
              <MenuPart>
                {mayChange && isChanged && (
                  <MenuItem onPick={pick(() => void save(current))}>Save changes to “{current.name}”</MenuItem>
                )}
                <MenuItem onPick={pick(() => setDialog('new'))}>Save as a new view …</MenuItem>
                {mayChange && <MenuItem onPick={pick(() => setDialog('edit'))}>Rename or share …</MenuItem>}
                {mayChange && (
                  <MenuItem danger onPick={pick(() => setDialog('delete'))}>
                    Delete “{current.name}” …
                  </MenuItem>
                )}
              </MenuPart>
            </>
          );
        }}
      </Menu>
      {dialog === 'new' && (
        <ViewDialog
          view={null}
          close={() => setDialog(null)}
          save={async (name, isShared) => {
            const body = { table, name, shared: isShared, ...now };
            const { _id } = await ask(tuco.POST('/api/views', { body }));
            open(now, _id);
          }}
        />
      )}
      {dialog === 'edit' && current && (
        <ViewDialog
          view={current}
          close={() => setDialog(null)}
          save={(name, shared) =>
            ask(tuco.PATCH('/api/views/{id}', { params: { path: { id: current._id } }, body: { name, shared } }))
          }
        />
      )}
      {dialog === 'delete' && current && (
        <DeleteView view={current} close={() => setDialog(null)} done={() => open(now, undefined)} />
      )}
    </>
  );
}
