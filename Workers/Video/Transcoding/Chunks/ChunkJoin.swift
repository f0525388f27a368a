import FoundationEssentials
import Jobs
import MediaSandbox
import Storage

/// Puts the encoded chunks of a video together.
struct ChunkJoin: Sendable {
    let place: Workplace
    let folder: ChunkFolder
    let sheet: ChunkSheet

    /// What lies in the workplace then is what one encoder would have left there.
    /// - Returns: the plan, with what was measured of the sound.
    func join() async throws -> EncodingPlan {
        let bytes = try await fetch()
        var plan = sheet.plan
        if plan.facts.audio != nil {
            plan.loudness = try await ChunkReport.read(folder.report(.sound), from: place.storage).loudness
        }
        try await place.tools.join(plan, chunkBytes: bytes)
        return plan
    }

    /// - Returns: how many bytes there are.
    private func fetch() async throws -> Int {
        try DiskSpace.require(2 * sheet.plan.outputBytes(sourceBytes: 0), in: place.folder.path)
        var bytes = 0
        var headers: [String]?
        for number in sheet.layout.numbers {
            let report = try await ChunkReport.read(folder.report(.pictures(number)), from: place.storage)
            guard headers == nil || report.headers == headers else {
                throw UnsoundOutput(
                    "Its chunks were encoded in different ways, by workers of different versions perhaps.",
                    mayGoBetter: true)
            }
            headers = report.headers
            try await download(.pictures(number), as: JoinCommand.chunkFile(number), &bytes)
        }
        if sheet.plan.facts.audio != nil { try await download(.sound, as: JoinCommand.soundFile, &bytes) }
        for track in sheet.captions {
            try await place.storage.download(folder.captions(track.file), to: place.folder.output(track.file))
        }
        try Data(JoinCommand.list(sheet.layout).utf8).write(
            to: URL(filePath: place.folder.input(JoinCommand.listFile)))
        return bytes
    }

    private func download(_ part: ChunkFolder.Part, as file: String, _ bytes: inout Int) async throws {
        var count = 0
        try await place.storage.download(folder.encoded(part), to: place.folder.input(file)) { count += $0.count }
        bytes += count
    }
}
