import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { ImportReview } from './ImportReview.tsx';
import { RecordReview } from './RecordReview.tsx';

const IMPORT_TEXTS = { loading: 'cat.loadingRows', error: 'cat.errorRows' } as const;

type Props = {
  readonly importId: string;
  readonly leave: () => void;
  /** What leads back is called. */
  readonly back: string;
};

/** One import, whatever it is of. */
export function Imported({ importId, leave, back }: Props) {
  const shown = useAnswer('showImport', { params: { importId } });
  return (
    <Answered query={shown} texts={IMPORT_TEXTS} page>
      {(found) =>
        found.use === null || found.use === 'list' ? (
          <ImportReview shown={found} leave={leave} back={back} />
        ) : (
          <RecordReview shown={found} leave={leave} back={back} />
        )
      }
    </Answered>
  );
}
