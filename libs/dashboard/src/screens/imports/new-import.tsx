import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type DragEvent, type ReactNode, useEffect, useState } from 'react';
import { ask, tuco } from '../../app/api';
import { Writers } from '../../app/writers';
import { Button, buttonClass } from '../../parts/button';
import { CheckField, SelectField, TextField } from '../../parts/field';
import { Card, Empty, Failure, layout, Loading, Page } from '../../parts/layout';
import { listsQuery } from '../leads/leads';
import { ColumnMapping } from './column-mapping';
import styles from './imports.module.css';
import { PreviewRows } from './preview-rows';
import { look, type Mapping, type Preview, start } from './upload';

const route = getRouteApi('/imports/new');
const NEW_LIST = 'new';

/** By its address, those come here too who may only look. */
export function NewImport(): ReactNode {
  return (
    <Writers others={<MayNotImport />}>
      <ImportOfFile />
    </Writers>
  );
}

function MayNotImport(): ReactNode {
  return (
    <Page title="Import a file" crumb={<Link to="/imports">Imports</Link>}>
      <Card>
        <Empty
          title="Not for viewers"
          action={
            <Link to="/imports" className={buttonClass()}>
              See the imports
            </Link>
          }
        >
          Members and administrators import files. Ask an administrator of your workspace if you need to.
        </Empty>
      </Card>
    </Page>
  );
}

function ImportOfFile(): ReactNode {
  const { list: givenList } = route.useSearch();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const lists = useQuery(listsQuery);
  const [file, setFile] = useState<File | null>(null);
  const [mapping, setMapping] = useState<Mapping>({});
  const [country, setCountry] = useState('');
  const [preview, setPreview] = useState<Preview | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [list, setList] = useState(givenList ?? NEW_LIST);
  const [listName, setListName] = useState('');
  const [updates, setUpdates] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [looks, setLooks] = useState(0);

  useEffect(() => {
    if (!file) return undefined;
    let isOld = false;
    setError(null);
    look(file, mapping, { ...(/^\d{1,3}$/.test(country) && { defaultCountryCode: country }) }).then(
      (found) => !isOld && setPreview(found),
      (failure: unknown) => !isOld && setError(failure),
    );
    return () => {
      isOld = true;
    };
  }, [file, mapping, country, looks]);

  const choose = (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    setPreview(null);
    setMapping({});
    setListName(chosen.name.replace(/\.[^.]+$/, ''));
  };
  const begin = async () => {
    if (!file) return;
    setBusy(true);
    setError(null);
    try {
      const listId = list === NEW_LIST ? (await ask(tuco.POST('/api/lists', { body: { name: listName } })))._id : list;
      const id = await start(file, mapping, {
        listId,
        ...(country && { defaultCountryCode: country }),
        onDuplicate: updates ? 'update' : 'skip',
      });
      await queries.invalidateQueries({ queryKey: ['lists'] });
      await navigate({ to: '/imports/$id', params: { id } });
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };

  return (
    <Page
      title={file ? file.name : 'Import a file'}
      crumb={<Link to="/imports">Imports</Link>}
      lead={file ? undefined : 'You check the columns before anything is saved.'}
      actions={
        file && (
          <>
            <Button onClick={() => setFile(null)}>Another file</Button>
            <Button
              kind="primary"
              busy={isBusy}
              disabled={!preview || (list === NEW_LIST && listName.trim() === '')}
              onClick={() => void begin()}
            >
              Start the import
            </Button>
          </>
        )
      }
    >
      {!file && <DropZone choose={choose} />}
      {error !== null && <Failure error={error} again={() => setLooks(looks + 1)} />}
      {file && !preview && error === null && (
        <Card>
          <Loading rows={8} />
        </Card>
      )}
      {file && preview && (
        <div className={layout.split}>
          <div className={`${layout.stack} ${layout.loose}`}>
            <ColumnMapping preview={preview} mapping={mapping} change={setMapping} />
            <PreviewRows rows={preview.rows} />
          </div>
          <div className={`${layout.stack} ${layout.loose}`}>
            <Card title="Options">
              <SelectField
                label="List"
                value={list}
                options={[[NEW_LIST, 'A new list'], ...(lists.data?.lists ?? []).map(({ _id, name }) => [_id, name] as const)]}
                onPick={setList}
              />
              {list === NEW_LIST && <TextField label="Name of the list" value={listName} onText={setListName} />}
              <TextField
                label="Country code of phones without one"
                optional
                inputMode="numeric"
                placeholder="1"
                value={country}
                onText={setCountry}
                error={country && !/^\d{1,3}$/.test(country) ? 'One to three digits, such as 44.' : undefined}
                help="Digits alone, such as 44 for the United Kingdom."
              />
              <CheckField
                label="Update people who are here already with what the file says"
                checked={updates}
                onCheck={setUpdates}
              />
            </Card>
            <HowRead preview={preview} />
          </div>
        </div>
      )}
    </Page>
  );
}

function DropZone({ choose }: { choose: (file: File | undefined) => void }): ReactNode {
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    choose(event.dataTransfer.files[0]);
  };
  return (
    <label
      className={styles.drop}
      data-over={isOver}
      onDragOver={(event) => (event.preventDefault(), setOver(true))}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <h2>Drop a CSV file here</h2>
      <p className={layout.muted}>
        From HubSpot, Salesforce, LinkedIn, a spreadsheet … Encoding, delimiter and header are detected, even in messy files.
      </p>
      <span className={buttonClass('primary')}>Choose a file</span>
      <input
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        className={layout.hidden}
        aria-label="Choose a file"
        onChange={({ target }) => choose(target.files?.[0])}
      />
    </label>
  );
}

const DELIMITERS: Record<string, string> = { ',': 'Comma', ';': 'Semicolon', '\t': 'Tab', '|': 'Bar' };

function HowRead({ preview }: { preview: Preview }): ReactNode {
  const { encoding, delimiter, headerLine, why, warnings } = preview;
  return (
    <Card title="How the file is read">
      <dl className={layout.facts}>
        <dt>Encoding</dt>
        <dd title={why.encoding}>{encoding}</dd>
        <dt>Delimiter</dt>
        <dd title={why.delimiter}>{DELIMITERS[delimiter] ?? delimiter}</dd>
        <dt>Header</dt>
        <dd title={why.headerLine}>{headerLine === null ? 'None' : `Line ${headerLine}`}</dd>
      </dl>
      {warnings.map(({ field, message }) => (
        <p key={`${field} ${message}`} className={`${layout.small} ${layout.muted}`}>
          {field}: {message}
        </p>
      ))}
    </Card>
  );
}
