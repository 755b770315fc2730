/* global document, location */
/* Plain list with as many rows as the address says, for comparison with Perch's scrolling. */
const list = document.querySelector('.list');
for (let at = 1; at <= Number(new URL(location.href).searchParams.get('rows')); at++) {
  const row = document.createElement('div');
  row.className = 'row';
  row.textContent = `Row ${at} of a list that does nothing but to be scrolled`;
  list.append(row);
}
