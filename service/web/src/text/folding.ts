/** Text without case and accents: "Đường" and "duong" fold alike. NFD does not take đ apart. */
export function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("đ", "d");
}
