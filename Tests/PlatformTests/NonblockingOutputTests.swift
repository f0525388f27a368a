import Glibc
import Synchronization
import Testing

@testable import Platform

@Suite("Output that nobody waits for", .timeLimit(.minutes(1)))
struct NonblockingOutputTests {
    private let line = Array("{\"message\":\"\(String(repeating: "x", count: 200))\"}\n".utf8)

    @Test(arguments: [true, false])
    func `a reader that stalls holds up nobody, and hears how much it missed`(isSocket: Bool) throws {
        var ends: [Int32] = [0, 0]
        if isSocket { socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) } else { pipe(&ends) }
        let (reader, writer) = (ends[0], ends[1])
        defer { for end in ends { close(end) } }
        let output = NonblockingOutput(writer)

        let written = 20_000
        for _ in 0..<written { output.write(line) { _ in [] } }

        var read = readAll(reader)
        var missed = 0
        // Each further line takes some of what was kept along.
        for _ in 0..<100 {
            output.write(line) { dropped in
                missed = dropped
                return Array("missed \(dropped)\n".utf8)
            }
            read += readAll(reader)
        }
        let lines = read.split(separator: UInt8(ascii: "\n"))
        #expect(missed > 0 && lines.count == written + 100 - missed + 1)
        #expect(lines.allSatisfy { $0.elementsEqual(line.dropLast()) || $0.starts(with: "missed ".utf8) })
    }

    @Test func `what may wait is written with others, in its order, and late at the most`() throws {
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        defer { for end in ends { close(end) } }
        let output = NonblockingOutput(ends[1])
        let asked = Atomic(0)
        output.gather { asked.add(1, ordering: .relaxed) }

        for _ in 0..<3 { output.write(line, mayWait: true) { _ in [] } }
        #expect(readAll(ends[0]).isEmpty && asked.load(ordering: .relaxed) == 1)
        output.write(Array("urgent\n".utf8)) { _ in [] }
        #expect(readAll(ends[0]) == line + line + line + Array("urgent\n".utf8))

        output.write(line, mayWait: true) { _ in [] }
        #expect(readAll(ends[0]).isEmpty && asked.load(ordering: .relaxed) == 1)
        output.flush()
        #expect(readAll(ends[0]) == line)

        for _ in 0..<40 { output.write(line, mayWait: true) { _ in [] } }
        #expect(readAll(ends[0]).count >= 4096 && asked.load(ordering: .relaxed) == 2)
    }

    @Test func `a reader that is gone is no reason to end`() {
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        close(ends[0])
        let output = NonblockingOutput(ends[1])
        for _ in 0..<10 { output.write(line) { _ in [] } }
        close(ends[1])
    }

    @Test func `a descriptor that others share stays as it was`() {
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        let output = NonblockingOutput(ends[1])
        output.write(line) { _ in [] }
        #expect(fcntl(ends[1], F_GETFL) & O_NONBLOCK == 0)
        for end in ends { close(end) }
    }

    private func readAll(_ descriptor: Int32) -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var readable = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while poll(&readable, 1, 0) == 1 {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            all += buffer[..<count]
        }
        return all
    }
}
