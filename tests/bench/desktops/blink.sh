# Runs in the terminal window: each key turns the window's first characters over.
# Writes its argument, which says that it is ready.
stty -echo -icanon
printf '\033[2J\033[?25l'
printf "$1"
full=0
while read -rsn1 _; do
  full=$((1 - full))
  if [ "$full" = 1 ]; then printf '\033[H\033[7m    \033[0m'; else printf '\033[H    '; fi
done
