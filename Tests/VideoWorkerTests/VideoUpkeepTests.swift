import Foundation
import Jobs
import TestSupport
import Testing
import VideoRecord

@testable import VideoWorker

@Suite("What is left of videos", .timeLimit(.minutes(2)))
struct VideoUpkeepTests {
    @Test func `a version goes once another took its place, with all its files`() async throws {
        try await Archive.with { archive in
            await archive.version(1)
            let before = try archive.files()
            #expect(before.count == 3)
            await archive.version(2)
            #expect(try archive.files().count == 5)
            let upkeep = try archive.upkeep()
            let left = try await leftovers(archive, upkeep)
            #expect(left.count == 1)
            for folder in left { #expect(try await upkeep.delete(folder) == 1) }
            let now = try archive.files()
            #expect(now.count == 3 && now != before)
            #expect(try await leftovers(archive, upkeep).isEmpty)
        }
    }

    @Test func `a version is kept for as long as it is said`() async throws {
        try await Archive.with { archive in
            await archive.version(1)
            await archive.version(2)
            let upkeep = try archive.upkeep(keepVersions: "1d")
            #expect(upkeep.keepVersions == .seconds(86_400))
            #expect(try await leftovers(archive, upkeep).isEmpty)
        }
    }

    @Test func `what an attempt left that died goes once its job has ended`() async throws {
        try await Archive.with { archive in
            _ = await archive.run { attempt in
                try await archive.publish(attempt, writesPointer: false)
                // As if it had died here.
                throw CancellationError()
            }
            let upkeep = try archive.upkeep()
            #expect(try archive.files().count == 2)
            #expect(try await leftovers(archive, upkeep).isEmpty)
            await archive.version(1)
            for folder in try await leftovers(archive, upkeep) { _ = try await upkeep.delete(folder) }
            #expect(try archive.files().count == 3)
            #expect(try await archive.lines("SELECT count(*) FROM coursework.video_folders") == ["1"])
        }
    }

    @Test func `what video.json names is never deleted, whatever the rows say`() async throws {
        try await Archive.with { archive in
            _ = await archive.run { attempt in
                try await archive.publish(attempt)
                throw CancellationError()
            }
            let (upkeep, video) = (try archive.upkeep(), try await archive.video())
            #expect(try await archive.record.failed(video.claim, reason: "It was settled in error."))
            let left = try await leftovers(archive, upkeep)
            #expect(left.count == 1)
            for folder in left { #expect(try await upkeep.delete(folder) == nil) }
            #expect(try archive.files().count == 3)
        }
    }

    // MARK: Rows whose jobs have ended

    @Test func `a job that had published and could not say so is ready`() async throws {
        try await Archive.with { archive in
            _ = await archive.run { attempt in
                try await archive.publish(attempt)
                throw CancellationError()
            }
            #expect(try await archive.states() == ["processing media:1-0"])
            let settled = try await archive.upkeep().settle(
                try await archive.video(), as: .failed(reason: "The job is dead."))
            #expect(settled == .ready)
            #expect(try await archive.told() == ["video.ready media:1-0"])
        }
    }

    @Test func `a job that died without is failed, and the version before it stays`() async throws {
        try await Archive.with { archive in
            await archive.version(1)
            _ = await archive.run(Archive.job(2)) { _ in throw CancellationError() }
            let settled = try await archive.upkeep().settle(
                try await archive.video(), as: .failed(reason: "The job is dead."))
            #expect(settled == .failed)
            #expect(try await archive.states() == ["failed media:2-0 The job is dead."])
            #expect(
                try await archive.told() == ["video.ready media:1-0", "video.failed media:2-0 The job is dead."])
            #expect(try await archive.video().published != nil)
        }
    }

    @Test func `a job that was cancelled while it waited is cancelled`() async throws {
        try await Archive.with { archive async throws in
            _ = await archive.run { _ in .snooze(.seconds(5)) }
            #expect(try await archive.upkeep().settle(try await archive.video(), as: .cancelled) == .cancelled)
            #expect(try await archive.states() == ["cancelled media:1-0"])
        }
    }

    // MARK: Erasure

    @Test func `an erased video has no file, and its row says nothing`() async throws {
        try await Archive.with { archive in
            await archive.version(1)
            await archive.version(2)
            let (upkeep, video) = (try archive.upkeep(keepVersions: "1d"), try await archive.video())
            #expect(try await upkeep.count(video) == 2)
            #expect(try await upkeep.erase(video) == 2)
            #expect(try archive.files().isEmpty)
            #expect(try await archive.states() == ["erased media:2-0"])
            #expect(try await archive.lines("SELECT count(*) FROM coursework.video_folders") == ["0"])
        }
    }

    @Test func `a video is not erased while its job would publish it again`() async throws {
        try await Archive.with { archive async throws in
            await archive.version(1)
            _ = await archive.run(Archive.job(2)) { _ in .snooze(.seconds(5)) }
            #expect(try await archive.upkeep().erase(try await archive.video()) == nil)
            #expect(try archive.files().count == 3)
        }
    }

    private func leftovers(_ archive: Archive, _ upkeep: VideoUpkeep) async throws -> [VideoFolder] {
        try await archive.record.leftovers(replaced: upkeep.keepVersions, abandoned: .zero, limit: 10)
    }
}
