/* global document, location */
/* A plain list of as many rows as the address says, which is what scrolling is compared with. */
const list = document.querySelector('.list');
for (let at = 1; at <= Number(new URL(location.href).searchParams.get('rows')); at++) {
  const row = document.createElement('div');
  row.className = 'row';
  row.textContent = `Row ${at} of a list that does nothing but to be scrolled`;
  list.append(row);
}
