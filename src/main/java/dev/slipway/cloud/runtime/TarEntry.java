package dev.slipway.cloud.runtime;

/**
 * One entry of a tar file.
 *
 * @param type as in the header: {@code '0'} file, {@code '1'} hard link, {@code '2'} symbolic link, {@code '5'} directory, others
 * @param modified seconds since 1970
 * @param linkName where a link points; empty for others
 */
record TarEntry(String name, char type, int mode, int uid, int gid, long size, long modified, String linkName) {}
