/** Links to rule pages, which the server gives as web addresses, made into what opens the page in the editor. */

const RULE_CODE = /^[A-Z]{2,3}\d{3}$/;
const LINK = /\]\(https?:\/\/[^\s)]*\/rules\/(?:en|zh)\/([A-Z]{2,3}\d{3})-[a-z0-9-]+\/?\)/g;

export const OPEN_RULE_PAGE = "mdreview.openRulePage";

/** Whether this is the code of a rule, and not of something else that the server reports. */
export function isRuleCode(code: string): boolean {
  return RULE_CODE.test(code);
}

/** Markdown whose links to rule pages are commands that open them. */
export function withPageCommands(markdown: string): string {
  return markdown.replace(LINK, (_, code: string) => {
    return `](command:${OPEN_RULE_PAGE}?${encodeURIComponent(JSON.stringify([code]))})`;
  });
}
