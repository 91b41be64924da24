import { Outlet, useLocation } from 'react-router';
import { useAnswer } from '../api/query.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { PageHead } from '../ui/PageHead.tsx';
import { Tabs } from '../ui/Tabs.tsx';
import { useMay } from '../frame/useSession.ts';

/** What can be sold and what it can become: the map, the offers and what they cost. */
export function CataloguePage() {
  const { say } = useText();
  const format = useFormat();
  const mayView = useMay('view');
  const [list] = useAnswer('listPriceLists', {}, { enabled: mayView }).data?.items ?? [];
  const { pathname } = useLocation();
  const tabs = [
    { to: paths.catalogue, text: say('cat.tabMap') },
    { to: paths.offers, text: say('cat.tabOffers') },
    { to: paths.prices, text: say('cat.tabPrices') },
  ];
  return (
    <>
      <PageHead
        title={say('nav.catalogue')}
        facts={list?.use === 'own' && <span>{say('cat.priceListOf', { date: format.day(list.createdAt) })}</span>}
      />
      <Tabs label={say('nav.catalogue')} tabs={tabs.map((tab) => ({ ...tab, current: pathname === tab.to }))} />
      <Outlet />
    </>
  );
}
