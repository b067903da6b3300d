// Gives what the module imports from the page short names. The long ones end in 16 hexadecimal digits, which no compression
// shortens, and stand in the module and in the script.

/** The bytes before the first section, and the number of the section of imports. */
const HEAD = 8;
const IMPORTS = 2;

/** Both as they are to be served: the `bytes` of a module, and the `script` that names its imports from `space` as `NAME: function`. */
export function shorten(bytes, script, space) {
  const shorter = new Map();
  const module = renamed(bytes, (from, name) => {
    if (from !== space) return [from, name];
    if (!shorter.has(name)) shorter.set(name, `i${shorter.size.toString(36)}`);
    return ["page", shorter.get(name)];
  });
  let text = script.replace(`"${space}": `, '"page": ');
  for (const [name, short] of shorter) {
    const key = new RegExp(`^( +)${name}: function`, "m");
    if (!key.test(text)) throw new Error(`the script does not name ${name}`);
    text = text.replace(key, `$1${short}: function`);
  }
  return { module, script: text };
}

/** The module with the names in its import section put through `rename(from, name)`. */
function renamed(bytes, rename) {
  const out = [bytes.subarray(0, HEAD)];
  for (let at = HEAD; at < bytes.length; ) {
    const [size, start] = number(bytes, at + 1);
    out.push(bytes[at] === IMPORTS ? section(imports(bytes, start, rename)) : bytes.subarray(at, start + size));
    at = start + size;
  }
  return Buffer.concat(out);
}

function section(content) {
  return Buffer.concat([Buffer.from([IMPORTS]), leb(content.length), content]);
}

function imports(bytes, start, rename) {
  let [count, at] = number(bytes, start);
  const out = [leb(count)];
  const word = () => {
    const [length, from] = number(bytes, at);
    at = from + length;
    return Buffer.from(bytes.subarray(from, at)).toString();
  };
  for (; count > 0; count -= 1) {
    for (const name of rename(word(), word())) out.push(leb(Buffer.byteLength(name)), Buffer.from(name));
    const kind = at;
    at = afterKind(bytes, at);
    out.push(bytes.subarray(kind, at));
  }
  return Buffer.concat(out);
}

/** Where the description of an import ends: a function's type, or the type and limits of a table, memory, global or tag. */
function afterKind(bytes, at) {
  const limits = (from) => {
    const [flags, next] = number(bytes, from);
    const least = number(bytes, next)[1];
    return flags & 1 ? number(bytes, least)[1] : least;
  };
  switch (bytes[at]) {
    case 0:
      return number(bytes, at + 1)[1];
    case 1:
      return limits(at + 2);
    case 2:
      return limits(at + 1);
    case 3:
      return at + 3;
    default:
      return number(bytes, at + 2)[1];
  }
}

/** The LEB128 number at `at`, and where it ends. */
function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at];
    at += 1;
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}

function leb(value) {
  const out = [];
  do {
    out.push((value & 127) | (value > 127 ? 128 : 0));
    value >>>= 7;
  } while (value > 0);
  return Buffer.from(out);
}
