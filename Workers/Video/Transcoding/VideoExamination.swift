import Glibc
package import Jobs
import MediaSandbox
package import Platform

/// Whether this machine can transcode videos, and what keeps a hostile one from it.
package struct VideoExamination: Sendable {
    /// What was found, a whole sentence.
    package struct Answer: Sendable {
        package let isFine: Bool
        package let message: String
    }

    private let rules: TranscodingRules
    private let loop: EventLoop

    package init(_ settings: VideoSettings, _ surroundings: Surroundings, loop: EventLoop) throws {
        rules = try TranscodingRules(settings, surroundings)
        self.loop = loop
    }

    package func answer() async -> Answer {
        // Not where workers work: whoever examines may be another user, and leaves nothing behind.
        var template = Array("/tmp/coursework-doctor-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            return Answer(isFine: false, message: "\(SystemError.last("/tmp")): videos were not examined.")
        }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { rmdir(folder) }
        return await answer(in: folder)
    }

    private func answer(in workFolder: String) async -> Answer {
        do {
            let sandbox = try await Sandbox(requiring: rules.isolation, workFolder: workFolder, on: loop)
            let version = try await version(sandbox, workFolder)
            guard rules.isolation == .bubblewrap else {
                return Answer(
                    isFine: false,
                    message:
                        "ffmpeg \(version) runs without a sandbox (workers.video.sandbox is \"none\"): a hostile video reads what a worker can read."
                )
            }
            return Answer(
                isFine: true,
                message:
                    "ffmpeg \(version), in bubblewrap: no network, no files but its own, a filter of system calls, limits."
            )
        } catch let failure as SandboxFailure where failure.isMissing {
            return Answer(
                isFine: false, message: "There is no ffmpeg: workers of media need Debian's package ffmpeg.")
        } catch {
            return Answer(isFine: false, message: "Videos cannot be transcoded here. \(error)")
        }
    }

    private func version(_ sandbox: Sandbox, _ workFolder: String) async throws -> String {
        let folder = try JobFolder(in: workFolder, named: "version")
        let limits = SandboxLimits(wallTime: .seconds(20), folderBytes: 1 << 20)
        _ = try await sandbox.run(SandboxedProgram("ffprobe", ["-version"], limits: limits), in: folder)
        let output = try await sandbox.run(SandboxedProgram("ffmpeg", ["-version"], limits: limits), in: folder)
        // ffmpeg version 5.1.9-0+deb12u1 Copyright …
        let words = String(decoding: output.standardOutput.prefix(200), as: UTF8.self).split(separator: " ")
        return words.count > 2 ? String(words[2]) : "of an unknown version"
    }
}
