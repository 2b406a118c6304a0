import { t } from '../messages/messages.js';

/** Goes to what every view offers below its content. Does nothing until that is loaded. */
export function showTools(): void {
  const heading = document.getElementById('page-tools');
  heading?.scrollIntoView({ block: 'start', behavior: 'instant' });
  heading?.focus({ preventScroll: true });
}

/** Leads from a picture to its downloads and citation, which are below everything else. */
export const ToolsButton = ({ hasEmbed = false }: { hasEmbed?: boolean }) => (
  <button type="button" class="show-tools" onClick={showTools}>
    {t(hasEmbed ? 'tools.goEmbed' : 'tools.go')}
  </button>
);
