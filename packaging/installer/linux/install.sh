#!/bin/sh
# Installs VisITA for one person, without root; makeself unpacks and starts this.
#   visita-VERSION-x86_64.run [-- --prefix FOLDER | --remove]
# The library in ~/.local/share/VisITA stays when the program is removed.
set -eu
prefix="${HOME}/.local"
action=install
while [ $# -gt 0 ]; do
    case "$1" in
        --prefix) prefix="$2"; shift 2 ;;
        --remove) action=remove; shift ;;
        *) echo "usage: [--prefix FOLDER] [--remove]" >&2; exit 2 ;;
    esac
done
program="$prefix/lib/visita"
list="$program/installed.txt"

remove() {
    [ -f "$list" ] || return 0
    while IFS= read -r file; do rm -f "$prefix/$file"; done < "$list"
    rm -rf "$program"
}

if [ "$action" = remove ]; then
    if [ ! -d "$program" ]; then echo "VisITA is not installed in $prefix." >&2; exit 1; fi
    remove
    echo "VisITA is removed from $prefix. Your library is left as it is."
    exit 0
fi
new="$prefix/lib/.visita.new"
rm -rf "$new"
mkdir -p "$prefix/lib" "$prefix/bin" "$prefix/share"
cp -R visita "$new"
(cd share && find . -type f | sed 's|^\./|share/|') > "$new/installed.txt"
echo bin/visita >> "$new/installed.txt"
cp "$0" "$new/uninstall.sh"
remove
mv "$new" "$program"
cp -R share/. "$prefix/share/"
ln -sf ../lib/visita/visita "$prefix/bin/visita"
# The menu must find the program where bin is not on the PATH.
entry="$prefix/share/applications/visita.desktop"
sed -i "s|^Exec=visita|Exec=\"$prefix/bin/visita\"|; s|^TryExec=visita|TryExec=$prefix/bin/visita|" "$entry"
for tool in "update-desktop-database $prefix/share/applications" "gtk-update-icon-cache -qtf $prefix/share/icons/hicolor"; do
    if command -v "${tool%% *}" >/dev/null; then $tool 2>/dev/null || true; fi
done
echo "VisITA is installed: $prefix/bin/visita, and in the menu."
echo "Remove it with: sh $program/uninstall.sh --remove"
case ":$PATH:" in *":$prefix/bin:"*) ;; *) echo "$prefix/bin is not on your PATH; the menu works without it." ;; esac
