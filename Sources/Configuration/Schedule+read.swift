internal import FoundationEssentials
internal import Jobs
internal import Schedules

extension Schedule {
    private static let keys = ["cron", "timeZone", "type", "queue", "args", "missed"]

    /// Reads one schedule; nil when something about it is wrong, which is reported then.
    init?(reading name: String, of schedules: SettingsObject) {
        if QueueName(name) == nil {
            schedules.refuse(name, "\(shown(name)) is no name for a schedule; \(QueueName.letters)")
        }
        guard let object = schedules.object(name) else { return nil }
        object.refuseUnknown(Self.keys, "a setting of a schedule")
        let zone = object.members["timeZone"] == nil ? .utc : Self.timeZone(of: object)
        let queue = object.members["queue"] == nil ? .default : Self.queue(of: object)
        let args = object.members["args"] == nil ? Array("{}".utf8) : Self.args(of: object)
        let missed = Self.missed(of: object)
        guard let cron = Self.cron(of: object), let type = Self.type(of: object), let zone, let queue, let args,
            let missed, QueueName(name) != nil
        else { return nil }
        self.init(name: name, cron: cron, timeZone: zone, missed: missed, type: type, queue: queue, args: args)
    }

    private static func cron(of object: SettingsObject) -> CronExpression? {
        guard object.members["cron"] != nil else {
            object.refuse("cron", "this schedule has no 'cron'; add when it fires, such as \"0 3 * * *\".")
            return nil
        }
        guard let text = object.text("cron") else { return nil }
        do throws(InvalidCronExpression) { return try CronExpression(text) } catch {
            object.refuse("cron", "'cron' \(error)")
            return nil
        }
    }

    private static func timeZone(of object: SettingsObject) -> NamedTimeZone? {
        guard let name = object.text("timeZone") else { return nil }
        do throws(InvalidTimeZone) { return try TimeZoneDatabase.system.zone(named: name) } catch {
            object.refuse("timeZone", "'timeZone' \(error)")
            return nil
        }
    }

    private static func type(of object: SettingsObject) -> JobType? {
        guard object.members["type"] != nil else {
            object.refuse("type", "this schedule has no 'type'; add the job's, such as \"email.send\".")
            return nil
        }
        guard let name = object.text("type") else { return nil }
        guard let type = JobType(name) else {
            object.refuse("type", "\(shown(name)) is no job type; write domain.verb, such as \"email.send\".")
            return nil
        }
        return type
    }

    private static func queue(of object: SettingsObject) -> QueueName? {
        guard let name = object.text("queue") else { return nil }
        guard let queue = QueueName(name) else {
            object.refuse("queue", "\(shown(name)) is no queue name; \(QueueName.letters)")
            return nil
        }
        return queue
    }

    private static func args(of object: SettingsObject) -> [UInt8]? {
        guard let args = object.object("args") else { return nil }
        args.refuseUnreadable()
        guard let json = SettingValue.object(args.members).json else {
            if object.findings.areSound(args.path) {
                object.refuse("args", "'args' holds a number that JSON cannot write; use a finite one.")
            }
            return nil
        }
        return json
    }

    private static func missed(of object: SettingsObject) -> MissedFireTimes? {
        guard object.members["missed"] != nil else { return .latest }
        let names = Names(MissedFireTimes.allCases.map(\.rawValue))
        return object.choice("missed", of: names, "a rule for missed fire times").flatMap(MissedFireTimes.init)
    }
}
