internal import Glibc

/// The bytes of a C string, while it lives; none where there is none.
struct CText {
    let bytes: UnsafeRawBufferPointer

    init(_ start: UnsafePointer<CChar>?) {
        bytes = UnsafeRawBufferPointer(start: start, count: start.map { strlen($0) } ?? 0)
    }
}
