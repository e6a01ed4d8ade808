/** English. Entries with two forms follow the number `n`. Ordered by where they are shown. */
import { deciding } from './en/deciding';
import { finding } from './en/finding';
import { seeing } from './en/seeing';
import { shell } from './en/shell';
import { told } from './en/told';

export const en = { ...shell, ...seeing, ...deciding, ...finding, ...told } as const;
