internal import CCMS
internal import Glibc

/// Times of ASN.1 as seconds since 1970.
enum UnixSeconds {
    static func of(_ time: UnsafePointer<ASN1_TIME>?) -> Int? {
        var parts = tm()
        guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else { return nil }
        return timegm(&parts)
    }
}
