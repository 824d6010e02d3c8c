// Files that crossed the world. The small ones are in the page: pictures are shown and open, the others are saved.

const Files = (() => {
  const viewer = one('#picture');
  /// By the bytes, never by the name: what is shown as a picture is one.
  const kSignatures = [['image/png', 'iVBORw0KGgo'], ['image/jpeg', '/9j/'], ['image/gif', 'R0lGOD'], ['image/webp', 'UklGR']];
  const pictureType = (content) => (kSignatures.find(([, begin]) => content.startsWith(begin)) || [])[0];
  const bytesOf = (content) => Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const label = (file) => file.name + (file.bytes === undefined ? '' : ' (' + bytesText(file.bytes) + ')');

  const open = (file, source) => {
    one('img', viewer).src = source;
    one('img', viewer).alt = file.name;
    one('h2', viewer).textContent = label(file);
    viewer.showModal();
  };
  const save = (file, text) => saveButton(text, file.name, 'application/octet-stream', () => bytesOf(file.content));

  /// A thumbnail, a link or, of a large file, the name alone.
  const element = (file) => {
    if (!file.content) return make('span', '📎 ' + label(file), 'file');
    const type = pictureType(file.content);
    if (!type) {
      const link = save(file, '📎 ' + label(file));
      link.className = 'file';
      link.title = 'Save ' + file.name;
      return link;
    }
    const source = 'data:' + type + ';base64,' + file.content;
    const picture = make('img');
    picture.src = source;
    picture.alt = '';
    picture.loading = 'lazy';
    const thumbnail = button('', 'Show ' + file.name, () => open(file, source), 'thumbnail');
    thumbnail.append(picture, make('span', label(file)));
    return thumbnail;
  };
  return {element};
})();
