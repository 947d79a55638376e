//! The source or target of a job on one line: [`endpoint`].

use aliyun_dts_status::model::Endpoint;

use super::table::join;

/// `rm-bp1i99e8l7913****  RDS MySQL  172.16.88.***:3306  as dts`
pub(super) fn endpoint(end: &Endpoint) -> Option<String> {
    let kind = [&end.instance_type, &end.engine_name].into_iter().flatten().cloned().collect::<Vec<_>>();
    let address = match (&end.ip, end.port) {
        (Some(ip), Some(port)) => Some(format!("{ip}:{port}")),
        (Some(ip), None) => Some(ip.clone()),
        (None, Some(port)) => Some(format!("port {port}")),
        (None, None) => None,
    };
    let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    join([
        end.instance_id.clone(),
        Some(kind.join(" ")),
        given(&end.region),
        address,
        given(&end.database_name).map(|name| format!("database {name}")),
        given(&end.oracle_sid).map(|sid| format!("SID {sid}")),
        end.user_name.as_ref().map(|user| format!("as {user}")),
    ])
}
