package import Jobs
package import MediaSandbox
import Platform

/// The settings, checked.
package struct TranscodingRules: Sendable {
    package var maxHeight = 1080
    package var maxFrameRate = 60
    package var preset = "veryfast"
    /// Of each encoder and decoder. More of them gain little, and need memory each.
    package var threads = min(Processor.count, 16)
    package var isolation = Isolation.bubblewrap
    package var workFolder: String
    package var maxSourceBytes = 20 << 30
    package var maxDuration = Duration.seconds(6 * 3600)
    package var chunkDuration = Duration.seconds(60)
    package var keepVersions = Duration.seconds(86_400)
    /// Of processor, until a program must have said what a file is: some files have it read in circles.
    package var probeTime = Duration.seconds(30)
    /// For as long a program may come no further.
    package var stallTime = Duration.seconds(120)

    private static let presets = [
        "ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow",
    ]

    package init(workFolder: String) { self.workFolder = workFolder }

    /// - Throws: an error whose description says what is wrong with the settings.
    package init(_ settings: VideoSettings, _ surroundings: Surroundings) throws {
        workFolder =
            settings.workFolder.map(surroundings.path)
            ?? surroundings.dataFolder + "/video"
        maxHeight = try Self.number(settings.maxHeight, "maxHeight", 144...2160) ?? maxHeight
        maxFrameRate = try Self.number(settings.maxFrameRate, "maxFrameRate", 24...120) ?? maxFrameRate
        threads = try Self.number(settings.threads, "threads", 1...64) ?? threads
        maxSourceBytes = try Self.number(settings.maxSourceBytes, "maxSourceBytes", 1...(1 << 50)) ?? maxSourceBytes
        if let preset = settings.preset {
            guard Self.presets.contains(preset) else {
                throw InvalidVideoSettings("preset", "must be one of \(Self.presets.joined(separator: ", ")).")
            }
            self.preset = preset
        }
        try readSandbox(settings)
        maxDuration = try Self.time(settings.maxDuration, "maxDuration", "1s") ?? maxDuration
        chunkDuration = try Self.time(settings.chunkDuration, "chunkDuration", "6s") ?? chunkDuration
        keepVersions = try Self.time(settings.keepVersions, "keepVersions", "0s", "365d") ?? keepVersions
    }

    private static func time(
        _ text: String?, _ key: String, _ least: String, _ most: String = "1d"
    ) throws -> Duration? {
        guard let text else { return nil }
        let range = try DurationText.parse(least)...DurationText.parse(most)
        guard let duration = try? DurationText.parse(text), range.contains(duration) else {
            throw InvalidVideoSettings(key, "must be a time from \"\(least)\" to \"\(most)\".")
        }
        return duration
    }

    private mutating func readSandbox(_ settings: VideoSettings) throws(InvalidVideoSettings) {
        switch settings.sandbox {
        case nil, "bubblewrap": isolation = .bubblewrap
        case "none": isolation = .none
        default: throw InvalidVideoSettings("sandbox", "must be \"bubblewrap\" or \"none\".")
        }
    }

    private static func number(
        _ value: Int?, _ key: String, _ range: ClosedRange<Int>
    ) throws(InvalidVideoSettings) -> Int? {
        guard let value else { return nil }
        guard range.contains(value) else {
            throw InvalidVideoSettings(key, "must be a number from \(range.lowerBound) to \(range.upperBound).")
        }
        return value
    }
}

/// A setting that is wrong, and what to do about it.
struct InvalidVideoSettings: Error, CustomStringConvertible {
    let description: String

    init(_ key: String, _ problem: String) { description = "workers.video.\(key) \(problem)" }
}
