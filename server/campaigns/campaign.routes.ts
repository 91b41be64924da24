import { accepted } from '../../core/values/result.ts';
import type { Outcome } from '../failure.ts';
import { datedName, sendCsv } from '../http/csv-file.ts';
import { wantsCsv } from '../http/language.ts';
import type { Mount, SignedIn } from '../http/mount.ts';
import { withUpload } from '../http/upload.ts';
import type { Endpoint } from '../../contract/endpoint.ts';
import {
  presentCampaign,
  presentCandidate,
  presentListed,
  presentReading,
  presentRow,
  reportFile,
} from './campaign.presenter.ts';
import { listFile } from './campaign-list.presenter.ts';
import type { CampaignRow } from './campaign.store.ts';
import { changeCampaignRows, renewCampaign } from './change-plan.ts';
import { changePace, showPace } from './change-pace.ts';
import { createCampaign } from './create-campaign.ts';
import { deleteCampaign } from './delete-campaign.ts';
import { approveCampaign, rejectCampaign, submitCampaign } from './submit-campaign.ts';
import { listCandidates } from './list-candidates.ts';
import { inOrderOfFile } from './report-order.ts';
import { exportCampaign, exportCampaigns, listCampaignRows, listCampaigns, showCampaign } from './show-campaigns.ts';
import { createFromFile, readFile } from './take-file.ts';
import { pauseCampaign, resumeCampaign, retryCampaign, stopCampaign } from './steer-campaign.ts';

export function campaignRoutes(mount: Mount): void {
  mount.signedIn('listCampaigns', async ({ call, query, language, wording, request, reply }) => {
    if (wantsCsv(request.headers.accept)) {
      const exported = await exportCampaigns(call, query, language);
      if (!exported.ok) return exported;
      await sendCsv(reply, {
        name: datedName('campaigns', call),
        language: wording.language,
        lots: exported.value,
        ...listFile(call, wording),
      });
      return accepted({ items: [], nextCursor: null });
    }
    const listed = await listCampaigns(call, query, language);
    if (!listed.ok) return listed;
    const { rows, nextCursor } = listed.value;
    return accepted({ items: rows.map((row) => presentListed(row, call, wording)), nextCursor });
  });
  mount.signedIn('listCampaignCandidates', async ({ call, query, language }) => {
    const listed = await listCandidates(call, query, language);
    if (!listed.ok) return listed;
    const { rows, total, nextCursor } = listed.value;
    return accepted({ items: rows.map(presentCandidate), total, nextCursor });
  });
  mount.signedIn('readCampaignFile', async ({ call, query, body, reply, wording }) => {
    const read = await withUpload({ body, reply }, (bytes) => readFile(call, { ...query, bytes }));
    return read.ok ? accepted(presentReading(read.value, wording)) : read;
  });
  mount.signedIn('createCampaign', async ({ call, body, language, wording }) =>
    present(await createCampaign(call, body, language), { call, wording }),
  );
  mount.signedIn('createCampaignFromFile', async ({ call, query, body, reply, language, wording }) =>
    present(await withUpload({ body, reply }, (bytes) => createFromFile(call, { ...query, bytes }, language)), {
      call,
      wording,
    }),
  );
  mount.signedIn('showCampaign', async ({ call, params, wording }) =>
    present(await showCampaign(call, params.campaignId), { call, wording }),
  );
  mount.signedIn('deleteCampaign', ({ call, params }) => deleteCampaign(call, params.campaignId));
  mount.signedIn('listCampaignRows', async ({ call, params, query, wording, request, reply }) => {
    const { limit, cursor, ...asked } = { ...params, ...query };
    if (wantsCsv(request.headers.accept)) {
      const exported = await exportCampaign(call, asked);
      if (!exported.ok) return exported;
      const { campaign, lots } = exported.value;
      const file = reportFile(campaign, wording);
      await sendCsv(reply, {
        name: datedName('campaign', call),
        language: wording.language,
        header: file.header,
        lots: inOrderOfFile(campaign, lots, asked),
        cells: (one) => ('fault' in one ? file.badRow(one) : file.row(one)),
      });
      return accepted({ items: [], nextCursor: null });
    }
    const listed = await listCampaignRows(call, { ...asked, limit, cursor });
    if (!listed.ok) return listed;
    const { campaign, rows, nextCursor } = listed.value;
    return accepted({ items: rows.map((row) => presentRow(row, campaign, wording)), nextCursor });
  });
  planRoutes(mount);
  runRoutes(mount);
}

function planRoutes(mount: Mount): void {
  mount.signedIn('changeCampaignRows', async ({ call, params, body, wording }) =>
    present(await changeCampaignRows(call, { ...params, ...body }), { call, wording }),
  );
  mount.signedIn('renewCampaign', async ({ call, params, body, wording }) =>
    present(await renewCampaign(call, { ...params, ...body }), { call, wording }),
  );
  mount.signedIn('submitCampaign', async ({ call, params, body, wording }) =>
    present(await submitCampaign(call, { ...params, ...body }), { call, wording }),
  );
}

function runRoutes(mount: Mount): void {
  mount.signedIn('approveCampaign', async ({ call, params, wording }) =>
    present(await approveCampaign(call, params), { call, wording }),
  );
  mount.signedIn('rejectCampaign', async ({ call, params, body, wording }) =>
    present(await rejectCampaign(call, { ...params, ...body }), { call, wording }),
  );
  mount.signedIn('pauseCampaign', async ({ call, params, wording }) =>
    present(await pauseCampaign(call, params.campaignId), { call, wording }),
  );
  mount.signedIn('resumeCampaign', async ({ call, params, wording }) =>
    present(await resumeCampaign(call, params.campaignId), { call, wording }),
  );
  mount.signedIn('stopCampaign', async ({ call, params, wording }) =>
    present(await stopCampaign(call, params.campaignId), { call, wording }),
  );
  mount.signedIn('retryCampaign', async ({ call, params, wording }) =>
    present(await retryCampaign(call, params.campaignId), { call, wording }),
  );
  mount.signedIn('showCampaignPace', ({ call }) => showPace(call));
  mount.signedIn('changeCampaignPace', ({ call, body }) => changePace(call, body));
}

function present(done: Outcome<CampaignRow>, { call, wording }: Pick<SignedIn<Endpoint>, 'call' | 'wording'>) {
  return done.ok ? accepted(presentCampaign(done.value, call, wording)) : done;
}
