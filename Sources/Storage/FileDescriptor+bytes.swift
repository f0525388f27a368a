internal import Glibc
internal import Platform

extension FileDescriptor {
    /// So many bytes of the file from an offset on; fewer where it ends before.
    borrowing func bytes(from offset: Int, count wanted: Int) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: wanted)
        var count = 0
        while count < wanted {
            let more = bytes.withUnsafeMutableBytes {
                pread(number, $0.baseAddress! + count, $0.count - count, offset + count)
            }
            if more == 0 { break }
            if more > 0 { count += more } else if errno != EINTR { throw .last("reading a file") }
        }
        bytes.removeLast(wanted - count)
        return bytes
    }
}
