/* Holds a file open as a program does that somebody works in: hold.exe none|read|read-write FILE.
   The word is what others may do with the file meanwhile. Nobody may ever rename or remove it: that is what most programs leave out.
   Says "held", and lets go when its input ends. */
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

int wmain(int count, wchar_t **arguments)
{
    if (count != 3) {
        return 2;
    }
    DWORD shared = 0;
    if (wcscmp(arguments[1], L"read") == 0) {
        shared = FILE_SHARE_READ;
    } else if (wcscmp(arguments[1], L"read-write") == 0) {
        shared = FILE_SHARE_READ | FILE_SHARE_WRITE;
    } else if (wcscmp(arguments[1], L"none") != 0) {
        return 2;
    }
    HANDLE file = CreateFileW(arguments[2], GENERIC_READ, shared, NULL, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        fprintf(stderr, "error %lu\n", GetLastError());
        return 1;
    }
    puts("held");
    fflush(stdout);
    while (getchar() != EOF) {
    }
    CloseHandle(file);
    return 0;
}
