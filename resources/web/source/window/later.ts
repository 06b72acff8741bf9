// What an open document does not need at once, in one file.
export { HistoryView } from "../documents/history_view.ts";
export { Preview } from "../documents/preview.ts";
export { openShareDialog } from "../documents/share_dialog.ts";
export { documentMenu } from "./document_menu.ts";
export { openCommandPalette, openDocumentPalette } from "./palette.ts";
export { openPersonDialog } from "./person_dialog.ts";
