/** Prints a text alone, without the page around it, in a frame that nobody sees and that goes again. */
export function printText(title: string, text: string): void {
  const frame = document.createElement('iframe');
  Object.assign(frame.style, { position: 'fixed', width: '0', height: '0', border: '0' });
  frame.ariaHidden = 'true';
  document.body.append(frame);
  const { contentDocument, contentWindow } = frame;
  if (contentDocument && contentWindow) {
    contentDocument.title = title;
    contentDocument.documentElement.lang = document.documentElement.lang;
    const page = contentDocument.createElement('pre');
    Object.assign(page.style, { whiteSpace: 'pre-wrap', font: '12pt/1.5 Georgia, serif', margin: '0' });
    page.textContent = text;
    contentDocument.body.append(page);
    contentWindow.print();
  }
  frame.remove();
}
