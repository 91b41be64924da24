import { makeStyles, tokens } from '@fluentui/react-components';
import { type MouseEvent, useEffect, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { NotFoundPage } from '../frame/NotFoundPage.tsx';
import { HELP_PAGES, type HelpPage as Page, paths } from '../paths.ts';
import { type TextKey, useText } from '../text.ts';
import { Loading } from '../ui/Loading.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Tabs } from '../ui/Tabs.tsx';

const TITLE: Readonly<Record<Page, TextKey>> = {
  'switching-plans': 'result.next1',
  'requesting-privileges': 'result.next2',
  'billing-scenarios': 'result.next3',
  'reassigning-licenses': 'help.reassigning',
};

const useStyles = makeStyles({
  text: {
    padding: '8px 24px 24px',
    maxWidth: '72ch',
    lineHeight: '22px',
    '& h2': { fontSize: tokens.fontSizeBase400, lineHeight: '22px', margin: '22px 0 6px' },
    '& h3': { fontSize: tokens.fontSizeBase300, margin: '16px 0 4px' },
    '& p': { margin: '0 0 10px' },
    '& ul, & ol': { paddingLeft: '22px', margin: '0 0 10px' },
    '& li': { marginBottom: '4px' },
    '& a': { color: tokens.colorBrandForegroundLink },
    '& code': { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
    '& table': { borderCollapse: 'collapse', margin: '0 0 12px', display: 'block', overflowX: 'auto' },
    '& th, & td': {
      textAlign: 'start',
      padding: '5px 12px 5px 0',
      borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
      verticalAlign: 'top',
    },
  },
});

const PAGES = import.meta.glob<string>('../../docs/help/*/*.md', { import: 'default' });

/** A page of the product’s own help, in the reader’s language. */
export function HelpPage() {
  const { page = '' } = useParams();
  const known = HELP_PAGES.find((one) => one === page);
  return known ? <Known page={known} /> : <NotFoundPage />;
}

function Known({ page }: { page: Page }) {
  const styles = useStyles();
  const { say, language } = useText();
  const navigate = useNavigate();
  const [html, setHtml] = useState<string>();
  useEffect(() => {
    let wanted = true;
    void PAGES[`../../docs/help/${language}/${page}.md`]?.().then((text) => wanted && setHtml(text));
    return () => {
      wanted = false;
    };
  }, [language, page]);
  // A link to another page of the help opens it without loading the portal anew.
  const follow = (event: MouseEvent) => {
    const to = event.target instanceof HTMLAnchorElement ? event.target.getAttribute('href') : null;
    if (!to?.startsWith('/') || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void navigate(to);
  };
  return (
    <>
      <PageHead title={say(TITLE[page])} />
      <Tabs label={say('nav.help')} tabs={HELP_PAGES.map((one) => ({ to: paths.help(one), text: say(TITLE[one]) }))} />
      <Panel>
        {html === undefined ? (
          <Loading label={say('state.loading')} slow={say('state.slow')} />
        ) : (
          // Our own Markdown, turned into HTML when the portal was built.
          <div className={styles.text} dangerouslySetInnerHTML={{ __html: html }} onClick={follow} />
        )}
      </Panel>
    </>
  );
}
