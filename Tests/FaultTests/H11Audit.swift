import Foundation
import JobQueue
import MediaSupport
import ProgramSupport
import RedisClient
import TestSupport
import Testing

/// H-11, as the kernel sees it: a worker with all its programs is traced while it is given the hostile files, and what ffmpeg
/// and ffprobe open and whom they call is read from the trace.
@Suite("H-11: what hostile media have opened", .inTurns(limit: .seconds(900)))
struct H11Audit {
    @Test(arguments: ["bubblewrap", "none"])
    func `nothing is opened but libraries and the job's own files, and nobody is called`(sandbox: String) async throws {
        try await run(.current, sandbox).mustHold()
    }

    /// The control: ffprobe without our arguments, asked to read a playlist.
    @Test func `a trace shows what a playlist has opened`() async throws {
        let folder = try TemporaryFolder()
        let (trace, playlist) = (folder.file("trace"), folder.file("playlist.m3u8"))
        try Data(
            "#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n#EXTINF:1,\nfile:///etc/none.ts\n#EXT-X-ENDLIST\n".utf8
        )
        .write(to: URL(fileURLWithPath: playlist))
        _ = try await Tool("/bin/sh").run(
            "-c",
            "exec strace \(SystemCallTrace.options) -o \(trace) sh -c 'ffprobe -v quiet -allowed_extensions ALL -protocol_whitelist file,http,tcp -f hls \(playlist); true'"
        )
        let seen = try SystemCallTrace(file: trace, of: ["ffprobe"])
        #expect(seen.opened.contains(playlist))
        #expect(!seen.network.isEmpty)
        #expect(seen.strangeFiles.contains { $0.hasSuffix("/etc/none.ts") })
    }

    private func run(_ form: Form, _ sandbox: String) async throws -> Verdict {
        var verdict = Verdict("H-11 audit, sandbox \(sandbox)")
        let workers = #"{ video: { preset: "ultrafast", threads: 1, sandbox: "\#(sandbox)" } }"#
        try await Stage.with(Stage.Setting(lease: .seconds(5), slots: 2, policies: Self.once, workers: workers)) {
            stage in
            let listener = try Listener()
            let files = HostileFile.all.enumerated().filter { $0.offset % form(short: 7, full: 1) == 0 }.map(\.element)
            try await stage.uploadVideo(seconds: 1)
            for (number, file) in files.enumerated() {
                try stage.upload(file.bytes(stage.site.folder + "/secret", listener.port), as: "uploads/h\(number)")
            }
            let trace = stage.site.folder + "/trace"
            let worker = try await stage.trace(into: trace)
            await stage.enqueueTranscode("honest")
            for number in files.indices { await stage.enqueueTranscode("h\(number)", from: "uploads/h\(number)") }
            let isSettled = try await stage.settle(within: form(short: .seconds(120), full: .seconds(800)))
            verdict.expect(isSettled, "the files did not come to an end")
            verdict.expect(stage.published("honest") != nil, "a video that is none of them was not made")
            _ = try await worker.end()
            try await eventually("the trace is whole") { ProcessTable.processes(mentioning: trace).isEmpty }
            let seen = try SystemCallTrace(file: trace, of: ["ffmpeg", "ffprobe"])
            judge(seen, &verdict)
            verdict.add("files", files.count)
            verdict.expect(!listener.wasCalled, "somebody called")
        }
        return verdict
    }

    private static let once = #"{ "video.transcode": { retries: 1, base: "100ms", cap: "100ms" } }"#

    private func judge(_ seen: SystemCallTrace, _ verdict: inout Verdict) {
        verdict.add("programs", seen.programs)
        verdict.expect(seen.programs > 5, "the trace has only \(seen.programs) programs")
        verdict.add("calls that open a file", seen.opened.count)
        verdict.add("files that are not theirs", seen.strangeFiles.count, bar: 0)
        verdict.expect(seen.strangeFiles.isEmpty, "opened: \(seen.strangeFiles.prefix(5))")
        verdict.add("calls to the network", seen.network.count, bar: 0)
        verdict.expect(seen.network.isEmpty, "the network: \(seen.network.prefix(5))")
    }
}

extension Stage {
    fileprivate func upload(_ bytes: [UInt8], as key: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(site.dataFolder)/storage/\(key)"))
    }

    /// Starts a worker whose system calls, and those of all its programs, are written into a file.
    fileprivate func trace(into file: String) async throws -> Program {
        let worker = try await site.start(
            program: "sh",
            ["-c", "exec strace -DDD \(SystemCallTrace.options) -o \(file) \(Product.command) work --diagnostics"])
        _ = try await worker.errors.first(containing: #""message":"ready""#)
        return worker
    }
}
