/* The one function of bcryptprimitives.dll that Rust's standard library calls, for a Wine that does not have it yet (8 has not, 9 has).
   Every Windows that jtai runs on has the real one. Only the checks under Wine use this. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T length)
{
    while (length > 0) {
        ULONG part = length > 0x10000 ? 0x10000 : (ULONG)length;
        if (!RtlGenRandom(bytes, part)) {
            return FALSE;
        }
        bytes += part;
        length -= part;
    }
    return TRUE;
}
