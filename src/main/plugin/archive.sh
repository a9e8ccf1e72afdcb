# What ./slipway and the plugin's launcher have in common: starting Java with an archive of classes, and having one made.
#
# Half of a start is reading classes. So the JVM keeps them as they are in memory: an archive for these very jars and this JDK, made by
# rehearsing what people do most, once, beside what they do first. Without it everything works, and is slower; an empty one says that it
# can't be made.

# find_archive DIRECTORY TOOLS: sets $archive for $java and $classes, or to nothing; has it made when it is not there.
find_archive() {
    archive=
    jdk=$(readlink -f "$(command -v "$java")" 2>/dev/null) || jdk=
    if [ ! -f "${jdk%/bin/java}/release" ]; then return; fi
    place=$(printf '%s' "$classes" | cksum | tr ' ' '-')
    state=$( (
        # The JVM takes an archive only for jars with the sizes and times that it knows.
        set -f
        IFS=:
        # shellcheck disable=SC2086
        { ls -Lln --time-style=full-iso $classes 2>/dev/null || ls -Lln $classes; } \
            | while IFS=' ' read -r mode links rest; do echo "$rest"; done
        cat "${jdk%/bin/java}/release"
    ) | cksum | tr ' ' '-')
    archive=$1/$place-$state.jsa
    if [ -f "$archive" ] || ! mkdir -p "$1" 2>/dev/null || [ ! -w "$1" ]; then return; fi
    aside=
    if command -v setsid >/dev/null 2>&1; then aside=setsid; fi
    # Its own child's child: nobody waits for it, and a signal for this command is none for it.
    # shellcheck disable=SC2016
    ($aside nice -n 19 sh -c '. "$1"; make_archive "$2" "$3" "$4" "$5"' sh "$2" "$java" "$classes" "$archive" "$place" \
        </dev/null >/dev/null 2>&1 &)
}

# make_archive JAVA CLASSES ARCHIVE PLACE: rehearses, unless somebody does already.
make_archive() {
    find "$3.making" -prune -mmin +10 -exec rm -rf {} + 2>/dev/null
    mkdir "$3.making" 2>/dev/null || return 0
    if [ ! -f "$3" ]; then
        for old in "${3%/*}/$4"-*.jsa; do
            if [ "$old" != "$3" ]; then rm -f "$old"; fi
        done
        "$1" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData "-XX:ArchiveClassesAtExit=$3.making/archive" \
            -cp "$2" dev.slipway.cli.Rehearsal "$3.making" >"${3%.jsa}.log" 2>&1 || rm -f "$3.making/archive"
        [ -s "$3.making/archive" ] || : >"$3.making/archive"
        mv -f "$3.making/archive" "$3" 2>/dev/null
    fi
    rm -rf "$3.making"
}

# start_java FLAGS CLASS ARGUMENTS...: becomes Java.
start_java() {
    if [ -n "$archive" ] && [ -s "$archive" ]; then
        # The JVM's complaints about an archive that it can't use help nobody. At another address than its own every pointer in it would
        # have to be moved at every start.
        set -- "-XX:SharedArchiveFile=$archive" -XX:+IgnoreUnrecognizedVMOptions \
            -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -Xlog:disable \
            "-Dslipway.archive=$archive" "$@"
    fi
    exec "$java" -XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto "$@"
}
